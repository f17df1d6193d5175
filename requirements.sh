#!/bin/sh
# Lock the dependency lists of pyproject.toml. Each list keeps the versions of the one before it.
set -eu
cd "$(dirname "$0")"
laas() {
    ud=$1
    shift
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-annotate --no-emit-index-url --output-file "$ud" "$@"
}
laas requirements.txt pyproject.toml
laas requirements-lokal.txt pyproject.toml --extra lokal --constraint requirements.txt
laas requirements-test.txt pyproject.toml --extra lokal --extra test \
    --constraint requirements-lokal.txt
laas requirements-node.txt --group node
