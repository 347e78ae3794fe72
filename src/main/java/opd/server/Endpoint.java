package opd.server;

/// Where the managed server listens, always on 127.0.0.1, and who may log in.
///
/// @param port the TCP port
/// @param database the one database of the application; it exists
/// @param administrator the cluster's superuser; it exists
/// @param desk the role under which the application works; SQL elsewhere creates it with this
///   password
public record Endpoint(int port, String database, Login administrator, Login desk) {
  static final String DATABASE = "opd";
  static final String ADMINISTRATOR = "opd";
  static final String DESK = "opd_desk";
}
