package opd.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The network between a desk and its server, which can be cut at any message of PostgreSQL's
/// protocol. Knows no encryption: the desk's URL must say `sslmode=disable`.
public final class Wire implements AutoCloseable {
  private static final char READY = 'Z';
  private static final char ERROR = 'E';
  private static final char QUESTION = 'Q';
  private static final char PARSE = 'P';
  private static final int UNTYPED_HEADER_BYTES = 4;
  // Parse, Bind, Describe, Execute: the server answers when a Sync follows.
  private static final String PARTS = "PBDE";

  public enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  /// How much of the message still gets through.
  public enum Place {
    BEFORE,
    HALF,
    AFTER;

    private int length(byte[] message) {
      return switch (this) {
        case BEFORE -> 0;
        case HALF -> message.length / 2;
        case AFTER -> message.length;
      };
    }
  }

  public enum Manner {
    /// Both ends are told that the connection ended.
    FIN,
    /// Both ends are told that it broke.
    RST,
    /// Nobody is told anything.
    BLACK_HOLE,
    /// A pooler between them tells the client in an error of the server's kind, and hangs up.
    POOLER
  }

  // What poolers and servers give for the end of a connection.
  private static final List<String> POOLERS_STATES = List.of("08P01", "57P05", "58000");

  public enum Afterwards {
    /// New connections get through.
    HEALS,
    /// New connections fare as the cut one.
    STAYS_DOWN
  }

  /// @param message counted from 1 in its direction
  public record Cut(
      Direction direction, int message, Place place, Manner manner, Afterwards afterwards) {}

  /// What was said before, at and after a COMMIT and the statements that were sent with it, counted
  /// in messages.
  ///
  /// @param toServer all messages to the server
  /// @param toClient all messages to the client
  /// @param commit the first message to the server of those that were sent with the COMMIT
  /// @param commitEnd the last one
  /// @param told messages to the client before they were sent
  /// @param acknowledged messages to the client up to the end of the answer to the COMMIT
  public record Heard(
      int toServer, int toClient, int commit, int commitEnd, int told, int acknowledged) {}

  private final ServerSocket entrance;
  private final int serverPort;
  private final Optional<Cut> cut;
  private final Set<Line> lines = ConcurrentHashMap.newKeySet();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private int toServer;
  private int toClient;
  private int together;
  private int toldBefore;
  private int commit;
  private int commitEnd;
  private int told;
  private int acknowledged;
  private int roundTrips;
  private int parsed;
  private int beginnings;
  private boolean isCut;

  public Wire(int serverPort, Optional<Cut> cut) throws IOException {
    this.serverPort = serverPort;
    this.cut = cut;
    this.entrance = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  public int port() {
    return entrance.getLocalPort();
  }

  /// Whether the message at which to cut has come.
  public synchronized boolean isCut() {
    return isCut;
  }

  public synchronized Heard heard() {
    return new Heard(toServer, toClient, commit, commitEnd, told, acknowledged);
  }

  /// How often the desk began, up to the cut: with each connection, and after each error of the
  /// server's. Once, unless a busy machine was so slow that the server took a lock or the
  /// connection away from it.
  public synchronized int beginnings() {
    return beginnings;
  }

  /// How often the server was waited for. A BEGIN goes with the question that follows it.
  public synchronized int roundTrips() {
    return roundTrips;
  }

  /// How many statements the server was given as texts. Those that it has prepared are not counted.
  public synchronized int parsed() {
    return parsed;
  }

  /// Plays the server's system, which after some seconds without an answer to its keep-alives ends
  /// a connection whose server waits for the rest of a question. Only that ends it: PostgreSQL
  /// itself bounds the wait for a whole question only.
  public synchronized void missKeepAlives() {
    lines.stream()
        .filter(line -> line.isDead && line.awaitsRest)
        .forEach(line -> close(line.server));
  }

  private void accept() {
    try {
      while (true) {
        Socket client = entrance.accept();
        sockets.add(client);
        if (isCut() && cut.orElseThrow().afterwards() == Afterwards.STAYS_DOWN) {
          tellAndEnd(client, cut.orElseThrow());
        } else {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
          sockets.add(server);
          Line line = new Line(client, server);
          lines.add(line);
          begins();
          line.open();
        }
      }
    } catch (IOException closed) {
      // The test is over, or its server is down: nobody gets through.
    }
  }

  private synchronized void begins() {
    if (!isCut) {
      beginnings++;
    }
  }

  /// One connection that goes through.
  private final class Line {
    private final Socket client;
    private final Socket server;
    private boolean isDead;
    private boolean awaitsRest;

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void open() throws IOException {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.startVirtualThread(() -> pump(Direction.TO_SERVER, client, server));
      Thread.startVirtualThread(() -> pump(Direction.TO_CLIENT, server, client));
    }

    private void pump(Direction direction, Socket from, Socket to) {
      try {
        DataInputStream in = new DataInputStream(from.getInputStream());
        OutputStream out = to.getOutputStream();
        boolean typed = direction == Direction.TO_CLIENT;
        while (true) {
          pass(direction, message(in, typed), out);
          typed = true;
        }
      } catch (IOException ended) {
        hangUp();
      }
    }

    private void pass(Direction direction, byte[] message, OutputStream out) throws IOException {
      synchronized (Wire.this) {
        if (isDead) {
          return;
        }
        int number = count(direction, message);
        boolean cutsHere =
            !isCut
                && cut.isPresent()
                && cut.get().direction() == direction
                && cut.get().message() == number;
        int length = cutsHere ? lengthPassed(cut.get(), message) : message.length;
        out.write(message, 0, length);
        out.flush();
        if (direction == Direction.TO_SERVER && length == message.length) {
          awaitsRest = PARTS.indexOf(message[0]) >= 0;
        }
        if (cutsHere) {
          isCut = true;
          isDead = true;
          tellAndEnd(client, cut.get());
          end(server, cut.get().manner());
        }
      }
    }

    /// Whoever ends a connection ends it for both, unless nobody is to be told.
    private void hangUp() {
      synchronized (Wire.this) {
        if (!isDead) {
          Wire.close(client);
          Wire.close(server);
        }
      }
    }
  }

  private static byte[] message(DataInputStream in, boolean typed) throws IOException {
    int type = typed ? in.readUnsignedByte() : 0;
    int length = in.readInt();
    ByteBuffer bytes = ByteBuffer.allocate(length + (typed ? 1 : 0));
    if (typed) {
      bytes.put((byte) type);
    }
    bytes.putInt(length);
    in.readFully(bytes.array(), bytes.position(), length - UNTYPED_HEADER_BYTES);
    return bytes.array();
  }

  private int count(Direction direction, byte[] message) {
    char type = (char) message[0];
    return switch (direction) {
      case TO_SERVER -> {
        toServer++;
        if (type == PARSE) {
          parsed++;
        }
        if (type == QUESTION
            && new String(message, StandardCharsets.ISO_8859_1).contains("BEGIN")) {
          roundTrips--;
        }
        if (together == 0) {
          together = toServer;
          toldBefore = toClient;
        }
        if (isCommit(message)) {
          commit = together;
          told = toldBefore;
          acknowledged = 0;
        }
        if (type == 'S' || type == 'Q') {
          together = 0;
        }
        if (commit > 0 && acknowledged == 0) {
          commitEnd = toServer;
        }
        yield toServer;
      }
      case TO_CLIENT -> {
        if (type == READY) {
          roundTrips++;
        }
        if (type == ERROR) {
          begins();
        }
        toClient++;
        if (commit > 0 && acknowledged == 0 && type == 'Z') {
          acknowledged = toClient;
        }
        yield toClient;
      }
    };
  }

  private static boolean isCommit(byte[] message) {
    return (message[0] == 'P' || message[0] == 'Q')
        && new String(message, StandardCharsets.ISO_8859_1).contains("COMMIT");
  }

  /// A pooler passes whole messages on to its client.
  private static int lengthPassed(Cut cut, byte[] message) {
    boolean isWhole =
        cut.manner() == Manner.POOLER
            && cut.direction() == Direction.TO_CLIENT
            && cut.place() == Place.HALF;
    return isWhole ? 0 : cut.place().length(message);
  }

  private static void tellAndEnd(Socket client, Cut cut) throws IOException {
    if (cut.manner() == Manner.POOLER) {
      String state = POOLERS_STATES.get(cut.message() % POOLERS_STATES.size());
      byte[] fields =
          "SFATAL\0VFATAL\0C%s\0Mserver conn crashed?\0\0"
              .formatted(state)
              .getBytes(StandardCharsets.US_ASCII);
      client
          .getOutputStream()
          .write(
              ByteBuffer.allocate(1 + Integer.BYTES + fields.length)
                  .put((byte) 'E')
                  .putInt(Integer.BYTES + fields.length)
                  .put(fields)
                  .array());
    }
    end(client, cut.manner());
  }

  private static void end(Socket socket, Manner manner) throws IOException {
    switch (manner) {
      case FIN, POOLER -> socket.shutdownOutput();
      case RST -> {
        awaitSent(socket);
        socket.setSoLinger(true, 0);
        socket.close();
      }
      case BLACK_HOLE -> {}
    }
  }

  /// A reset throws away what still waits to be sent, and on a busy machine the kernel lets a small
  /// message wait for the one before it. So waits until the other end's kernel has all of it.
  private static void awaitSent(Socket socket) throws IOException {
    while (unsent(socket)) {
      Await.pause();
    }
  }

  private static boolean unsent(Socket socket) throws IOException {
    String local = ":%04X".formatted(socket.getLocalPort());
    String remote = ":%04X".formatted(socket.getPort());
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      for (String line : Files.readAllLines(Path.of(table))) {
        // Number, both addresses, state, and both queues.
        String[] fields = line.strip().split(" +");
        if (fields[1].endsWith(local) && fields[2].endsWith(remote)) {
          return !fields[4].startsWith("00000000:");
        }
      }
    }
    return false;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // It was to be closed.
    }
  }

  @Override
  public void close() {
    try {
      entrance.close();
    } catch (IOException gone) {
      // It was to be closed.
    }
    sockets.forEach(Wire::close);
  }
}
