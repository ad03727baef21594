"""What people may type on the pages: shapes only, every rule about the world is an action's."""
