package opd.domain;

/// How a person or a script names a slot.
public sealed interface SlotReference {
  record ById(long id) implements SlotReference {
    @Override
    public String toString() {
      return Long.toString(id);
    }
  }

  record ByLabel(SlotLabel label) implements SlotReference {
    @Override
    public String toString() {
      return label.toString();
    }
  }
}
