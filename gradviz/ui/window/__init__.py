"""The parts of the main window itself: menus, bars, title, theme, focus, and opening of files."""
