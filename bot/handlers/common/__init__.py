"""What handlers of all rooms need: buttons, replies, places, admins."""
