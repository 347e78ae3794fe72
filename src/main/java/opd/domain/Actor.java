package opd.domain;

/// Who decides, for the audit log.
///
/// @param name 1 to 100 characters of plain text
public record Actor(String name) {
  /// @throws OpdException INVALID_INPUT when it is empty, too long or not plain text
  public Actor {
    name = PlainText.of("the actor", name, 100);
  }

  @Override
  public String toString() {
    return name;
  }
}
