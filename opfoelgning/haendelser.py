"""What happens at follow-ups, in the words the case page shows."""

HAENDELSER = {
    "opfoelgning.aftalt": "Et opfølgningsmøde er aftalt",
    "opfoelgning.gemt": "Mødeskemaet er gemt som kladde",
    "opfoelgning.holdt": "Et opfølgningsmøde er holdt",
    "opfoelgning.aflyst": "Et opfølgningsmøde er aflyst",
    "opfoelgning.udeblevet": "Borgeren kom ikke til opfølgningsmødet",
}
