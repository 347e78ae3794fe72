package opd.server;

/// A role of the managed server and its password, which never shows in text.
public record Login(String user, String password) {
  @Override
  public String toString() {
    return "Login[user=" + user + ", password=***]";
  }
}
