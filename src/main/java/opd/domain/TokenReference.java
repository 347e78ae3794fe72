package opd.domain;

/// How a person or a script names a token.
public sealed interface TokenReference {
  /// By its id in the database.
  record ById(long id) implements TokenReference {
    @Override
    public String toString() {
      return "id:" + id;
    }
  }

  /// By its slot's label and its sequence number (rule 5).
  record ByLabel(TokenLabel label) implements TokenReference {
    @Override
    public String toString() {
      return label.toString();
    }
  }
}
