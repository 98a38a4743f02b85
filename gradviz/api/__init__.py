"""The functions for scripts and notebooks, which `import gradviz` offers.

They speak English, or the language that GRADVIZ_LANGUAGE names when they are first used.
"""

import os

if os.environ.get("GRADVIZ_LANGUAGE"):
    from gradviz.core.language.catalogues import LanguageError, best_language, speak

    try:
        speak(best_language(os.environ["GRADVIZ_LANGUAGE"]))
    except LanguageError as error:
        import warnings

        warnings.warn(f"gradviz: {error}", stacklevel=2)
