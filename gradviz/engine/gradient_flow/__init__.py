"""Why a gradient is lost: the call that broke the graph, in words and with its line."""
