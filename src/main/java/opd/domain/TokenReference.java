package opd.domain;

/// How a person or a script names a token.
public sealed interface TokenReference {
  record ById(long id) implements TokenReference {
    @Override
    public String toString() {
      return Long.toString(id);
    }
  }

  record ByLabel(TokenLabel label) implements TokenReference {
    @Override
    public String toString() {
      return label.toString();
    }
  }
}
