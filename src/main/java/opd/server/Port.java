package opd.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/// Chooses the server's port: the one of last time if it is still free, so that what somebody noted
/// down stays true, else any free one.
final class Port {
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private Port() {}

  static int choose(Path portFile) throws IOException {
    int last = last(portFile);
    return last != 0 && isFree(last) ? last : anyFree();
  }

  static int anyFree() throws IOException {
    try (ServerSocket socket = listen(0)) {
      return socket.getLocalPort();
    }
  }

  /// Best effort: on a full disk the server still runs, and will only move next time.
  static void remember(Path portFile, int port) {
    try {
      if (last(portFile) != port) {
        Files.writeString(portFile, port + "\n");
      }
    } catch (IOException forgotten) {
      // The server's own file tells its port while it runs.
    }
  }

  private static int last(Path portFile) {
    try {
      int port = Integer.parseInt(Files.readString(portFile).strip());
      return port > 0 && port < 65_536 ? port : 0;
    } catch (IOException | NumberFormatException unknown) {
      return 0;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = listen(port)) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static ServerSocket listen(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.getByAddress(LOOPBACK));
  }
}
