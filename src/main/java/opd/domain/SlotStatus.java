package opd.domain;

/// The states of a slot. SCHEDULED and DELAYED go back and forth; the other two are final, unless
/// the slot is reopened.
public enum SlotStatus {
  SCHEDULED,
  DELAYED,
  CANCELLED,
  COMPLETED;

  /// Whether the slot accepts requests: a delayed slot still takes place.
  public boolean isOpen() {
    return switch (this) {
      case SCHEDULED, DELAYED -> true;
      case CANCELLED, COMPLETED -> false;
    };
  }
}
