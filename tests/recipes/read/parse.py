"""Exits with 1 if a file is not well-formed: JSON, YAML, Java, C#."""

import json
import sys

import tree_sitter
import tree_sitter_c_sharp
import tree_sitter_java
import yaml


def parsed(language, text):
    tree = tree_sitter.Parser(tree_sitter.Language(language)).parse(text)
    stack = [tree.root_node]
    while stack:
        node = stack.pop()
        if node.is_error or node.is_missing:
            sys.exit(f"line {node.start_point[0] + 1}: not well-formed")
        stack.extend(node.children)


name = sys.argv[1]
with open(name, "rb") as file:
    text = file.read()
if name.endswith(".json"):
    json.loads(text)
elif name.endswith(".yaml"):
    yaml.safe_load(text)
elif name.endswith(".java"):
    # A file, and a statement for the body of a method.
    mark = b"// In the SecurityFilterChain bean"
    whole, _, statement = text.partition(mark)
    parsed(tree_sitter_java.language(), whole)
    parsed(tree_sitter_java.language(), b"class A { void a() {\n" + mark + statement + b"} }")
else:
    parsed(tree_sitter_c_sharp.language(), text)
