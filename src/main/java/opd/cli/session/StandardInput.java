package opd.cli.session;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;

/// Standard input, which may be closed. Whether it is, is asked only when somebody reads.
public final class StandardInput extends FilterInputStream {
  private final BooleanSupplier isClosed;
  private boolean isChecked;

  public StandardInput(InputStream in, BooleanSupplier isClosed) {
    super(in);
    this.isClosed = isClosed;
  }

  @Override
  public int read() throws IOException {
    check();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int start, int length) throws IOException {
    check();
    return super.read(bytes, start, length);
  }

  private void check() throws IOException {
    if (!isChecked && isClosed.getAsBoolean()) {
      throw new IOException("there is no input, it is closed");
    }
    isChecked = true;
  }
}
