package opd.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Passes connections on as something does that keeps clients from setting `lock_timeout`: whatever
/// a transaction asks for, the server never hears of it. Knows no encryption: the URL must say
/// `sslmode=disable`.
public final class ForgetfulPooler implements AutoCloseable {
  private static final byte[] SETTING = "set_config('lock_timeout'".getBytes(US_ASCII);
  // As long, and without a meaning.
  private static final byte[] NO_SETTING = "set_config('opd.timeouts'".getBytes(US_ASCII);

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

  /// Message by message, each of them with a byte for its kind but the first.
  private void toServer(Socket client, Socket server) {
    try {
      DataInputStream in = new DataInputStream(client.getInputStream());
      DataOutputStream out = new DataOutputStream(server.getOutputStream());
      boolean forgets = isForgetful;
      passMessage(in, out, false);
      int kind = in.read();
      while (kind >= 0) {
        out.writeByte(kind);
        passMessage(in, out, forgets);
        kind = in.read();
      }
    } catch (IOException ended) {
      // As it does for the other end, below.
    }
    close(client);
    close(server);
  }

  private static void passMessage(DataInputStream in, DataOutputStream out, boolean forgets)
      throws IOException {
    int length = in.readInt();
    byte[] text = new byte[length - Integer.BYTES];
    in.readFully(text);
    out.writeInt(length);
    out.write(forgets ? withoutSetting(text) : text);
    out.flush();
  }

  private static byte[] withoutSetting(byte[] text) {
    for (int at = 0; at + SETTING.length <= text.length; at++) {
      if (Arrays.equals(SETTING, 0, SETTING.length, text, at, at + SETTING.length)) {
        System.arraycopy(NO_SETTING, 0, text, at, SETTING.length);
      }
    }
    return text;
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
