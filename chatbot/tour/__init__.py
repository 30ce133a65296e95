"""The guided tour: the story of recurrent networks, told with the figures of a message."""
