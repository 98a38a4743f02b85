"""Controls and styles that know neither the state nor the engine."""
