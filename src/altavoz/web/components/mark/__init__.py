"""The mark: concentric arcs, sound leaving a loudspeaker."""
