"""How Sphinx makes the documentation: pages that need no server and no network."""

import gradviz

project = "gradviz"
author = "The gradviz authors"
version = release = gradviz.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
suppress_warnings = ["myst.xref_missing"]

autodoc_member_order = "bysource"
autodoc_typehints = "description"
python_use_unqualified_type_names = True

html_theme = "furo"
html_title = f"gradviz {release}"
html_static_path: list[str] = []
html_favicon = "../resources/icons/gradviz.svg"
# A page tells nobody that it was read, and asks nobody for fonts.
html_show_sphinx = False
html_copy_source = False
html_show_sourcelink = False
pygments_style = "default"
