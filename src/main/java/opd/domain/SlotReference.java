package opd.domain;

/// How a person or a script names a slot.
public sealed interface SlotReference {
  /// By its id in the database.
  record ById(long id) implements SlotReference {
    @Override
    public String toString() {
      return "id:" + id;
    }
  }

  /// By doctor, date and start.
  record ByLabel(SlotLabel label) implements SlotReference {
    @Override
    public String toString() {
      return label.toString();
    }
  }
}
