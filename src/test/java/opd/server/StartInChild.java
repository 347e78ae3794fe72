package opd.server;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/// The main program of a child JVM that starts the server of a home and prints its port.
final class StartInChild {
  private StartInChild() {}

  public static void main(String[] arguments) {
    ManagedServer server =
        new ManagedServer(
            Path.of(arguments[0]),
            line -> System.out.println("progress: " + line),
            TestServer.sharing(PrivilegeChoice.standard()));
    System.out.println("port: " + server.start().port());
  }

  /// Its standard output and error are one pipe to this process.
  static Process run(Path home) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path", "").replace(":", File.pathSeparator),
            StartInChild.class.getName(),
            home.toString())
        .redirectErrorStream(true)
        .redirectInput(Redirect.from(new File("/dev/null")))
        .start();
  }
}
