package opd.testing;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// Stands between a desk and the server, and lets each statement pass only when told to. What goes
/// to the server ends with a Sync or a simple Query for each statement, COMMIT included.
public final class StatementGate implements AutoCloseable {
  private static final char SYNC = 'S';
  private static final char QUERY = 'Q';

  private final ServerSocket listening;
  private final int serverPort;
  private final Object monitor;
  private final List<Socket> sockets = new ArrayList<>();
  private boolean isShut;
  private boolean isWaiting;
  private int passed;
  private int mayPass;

  /// @param monitor notified whenever a statement has come to the gate
  public StatementGate(int serverPort, Object monitor) throws IOException {
    this.serverPort = serverPort;
    this.monitor = monitor;
    this.listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /// The port that the server sees as its client's, or 0 before there is a connection.
  public int portAtServer() {
    synchronized (monitor) {
      return sockets.isEmpty() ? 0 : sockets.getLast().getLocalPort();
    }
  }

  /// From now on every statement waits.
  public void shut() {
    synchronized (monitor) {
      isShut = true;
      passed = 0;
      mayPass = 0;
    }
  }

  /// From now on none does.
  public void open() {
    synchronized (monitor) {
      isShut = false;
      monitor.notifyAll();
    }
  }

  /// Lets the statement pass that waits.
  public void letPass() {
    synchronized (monitor) {
      isWaiting = false;
      mayPass++;
      monitor.notifyAll();
    }
  }

  /// Whether a statement waits. To be asked while holding the monitor.
  public boolean isWaiting() {
    return isWaiting;
  }

  /// How many statements have passed since the gate was shut.
  public int passed() {
    synchronized (monitor) {
      return passed;
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        synchronized (monitor) {
          sockets.add(server);
        }
        Thread.ofVirtual().start(() -> closing(client, server, () -> toServer(client, server)));
        Thread.ofVirtual()
            .start(() ->
                closing(
                    client,
                    server,
                    () -> server.getInputStream().transferTo(client.getOutputStream())));
      }
    } catch (SocketException e) {
      // Closed.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Transfer {
    void run() throws IOException, InterruptedException;
  }

  private static void closing(Socket client, Socket server, Transfer transfer) {
    try (client;
        server) {
      transfer.run();
    } catch (IOException e) {
      // One of them has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void toServer(Socket client, Socket server) throws IOException, InterruptedException {
    DataInputStream in = new DataInputStream(client.getInputStream());
    OutputStream out = server.getOutputStream();
    // The first message alone has no type.
    out.write(body(in, new ByteArrayOutputStream()));
    ByteArrayOutputStream messages = new ByteArrayOutputStream();
    try {
      while (true) {
        char type = (char) in.readUnsignedByte();
        messages.write(type);
        body(in, messages);
        if (type == SYNC || type == QUERY) {
          await();
        }
        // What comes before a Sync may as well be sent with it; a password has none.
        if (type == SYNC || type == QUERY || type == 'p' || type == 'X') {
          out.write(messages.toByteArray());
          messages.reset();
        }
      }
    } catch (EOFException e) {
      // The desk has gone.
    }
  }

  /// Appends the next message without its type.
  private static byte[] body(DataInputStream in, ByteArrayOutputStream to) throws IOException {
    int length = in.readInt();
    to.write(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    to.write(in.readNBytes(length - Integer.BYTES));
    return to.toByteArray();
  }

  private void await() throws InterruptedException {
    synchronized (monitor) {
      if (!isShut) {
        return;
      }
      isWaiting = true;
      monitor.notifyAll();
      while (isShut && mayPass == 0) {
        monitor.wait();
      }
      isWaiting = false;
      mayPass = Math.max(0, mayPass - 1);
      passed++;
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open();
    synchronized (monitor) {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
