package opd.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Passes connections on as a pooler does that ignores the options of a login: whatever the program
/// asked its session to be set to, the server never hears of it. Knows no encryption: the URL must
/// say `sslmode=disable`.
public final class ForgetfulPooler implements AutoCloseable {
  // Length and version of the protocol.
  private static final int HEADER_BYTES = 8;

  private final ServerSocket entrance;
  private final int serverPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean isForgetful;

  /// @param isForgetful whether it is from the beginning on
  public ForgetfulPooler(int serverPort, boolean isForgetful) throws IOException {
    this.serverPort = serverPort;
    this.isForgetful = isForgetful;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /// From the next connection on.
  public void forget() {
    isForgetful = true;
  }

  /// The URL of the server's database, by way of this.
  public String url(String direct) {
    return direct.replace(":" + serverPort + "/", ":" + entrance.getLocalPort() + "/")
        + "?sslmode=disable";
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        sockets.add(client);
        sockets.add(server);
        Thread.startVirtualThread(() -> toServer(client, server));
        Thread.startVirtualThread(() -> pass(server, client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void toServer(Socket client, Socket server) {
    try {
      DataInputStream in = new DataInputStream(client.getInputStream());
      byte[] login = new byte[in.readInt() - Integer.BYTES];
      in.readFully(login);
      byte[] passed = isForgetful ? withoutOptions(login) : login;
      DataOutputStream out = new DataOutputStream(server.getOutputStream());
      out.writeInt(passed.length + Integer.BYTES);
      out.write(passed);
      out.flush();
    } catch (IOException ended) {
      close(server);
    }
    pass(client, server);
  }

  private static byte[] withoutOptions(byte[] login) {
    int version = HEADER_BYTES - Integer.BYTES;
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    kept.write(login, 0, version);
    String[] words =
        new String(Arrays.copyOfRange(login, version, login.length), StandardCharsets.UTF_8)
            .split("\0");
    for (int word = 0; word + 1 < words.length; word += 2) {
      if (!words[word].equals("options")) {
        kept.writeBytes(
            (words[word] + '\0' + words[word + 1] + '\0').getBytes(StandardCharsets.UTF_8));
      }
    }
    kept.write(0);
    return kept.toByteArray();
  }

  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException ended) {
      // As it does for the other end, below.
    }
    close(from);
    close(to);
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed either way.
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    sockets.forEach(ForgetfulPooler::close);
  }
}
