package dev.repsr.train.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The ordinary files of a tar archive: POSIX ustar and pax, and GNU's long names. */
final class TarEntries {
    private static final int BLOCK = 512;
    private static final int MAX_ENTRIES = 10_000_000;
    private static final int MAX_NAME = 1 << 16;
    private static final int CHECKSUM = 148;

    private final Path archive;
    private final InputStream in;
    private final List<PictureFile.InTar> files = new ArrayList<>();
    private long position;
    private String longName = "";

    private TarEntries(Path archive, InputStream in) {
        this.archive = archive;
        this.in = in;
    }

    /**
     * The files in the order of the archive.
     *
     * @throws IOException if it is not a tar archive or ends too early; the message is the second half of a sentence
     */
    static List<PictureFile.InTar> of(Path archive) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive), 1 << 16)) {
            TarEntries entries = new TarEntries(archive, in);
            while (entries.next()) {
                if (entries.files.size() > MAX_ENTRIES) {
                    throw new IOException("has more than " + MAX_ENTRIES + " entries");
                }
            }
            return entries.files;
        } catch (EOFException e) {
            throw new IOException("ends in the middle of an entry", e);
        }
    }

    private boolean next() throws IOException {
        byte[] header = in.readNBytes(BLOCK);
        position += header.length;
        if (header.length == 0 || (header.length == BLOCK && isEmpty(header))) {
            return false;
        }
        if (header.length < BLOCK || number(header, CHECKSUM, 8) != checksum(header)) {
            throw new IOException(position <= BLOCK ? "is not a tar archive" : "is damaged at byte " + position);
        }
        long size = number(header, 124, 12);
        if (size < 0) {
            throw new IOException("is damaged at byte " + position);
        }
        switch (header[156]) {
            case 'L' -> longName = text(data(size), 0, (int) size);
            case 'x' -> longName = paxPath(data(size), longName);
            case 0, '0' -> {
                files.add(new PictureFile.InTar(archive, name(header), position, size));
                skip(size);
                longName = "";
            }
            default -> {
                skip(size);
                longName = "";
            }
        }
        return true;
    }

    private String name(byte[] header) {
        if (!longName.isEmpty()) {
            return longName;
        }
        String prefix = text(header, 257, 5).equals("ustar") ? text(header, 345, 155) : "";
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private byte[] data(long size) throws IOException {
        if (size > MAX_NAME) {
            throw new IOException("has a name of " + size + " bytes");
        }
        byte[] bytes = in.readNBytes((int) size);
        position += bytes.length;
        if (bytes.length < size) {
            throw new EOFException();
        }
        skipExactly(padding(size));
        return bytes;
    }

    private void skip(long size) throws IOException {
        skipExactly(size);
        skipExactly(padding(size));
    }

    private void skipExactly(long count) throws IOException {
        in.skipNBytes(count);
        position += count;
    }

    private static long padding(long size) {
        return -size & (BLOCK - 1);
    }

    private static boolean isEmpty(byte[] header) {
        for (byte value : header) {
            if (value != 0) {
                return false;
            }
        }
        return true;
    }

    private static long checksum(byte[] header) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= CHECKSUM && i < CHECKSUM + 8 ? ' ' : header[i] & 0xFF;
        }
        return sum;
    }

    /** Octal digits, or GNU's binary form for sizes of 8 GiB and more; -1 for anything else. */
    private static long number(byte[] header, int offset, int length) {
        if ((header[offset] & 0x80) != 0) {
            long value = header[offset] & 0x7F;
            for (int i = 1; i < length; i++) {
                value = value << 8 | (header[offset + i] & 0xFF);
            }
            return value;
        }
        String digits = text(header, offset, length).strip();
        return digits.matches("[0-7]{1,20}") ? Long.parseLong(digits, 8) : -1;
    }

    private static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
    }

    /** The record {@code LENGTH path=VALUE\n}, where there is one. */
    private static String paxPath(byte[] records, String otherwise) {
        return new String(records, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("[0-9]+ path=.+"))
                .map(line -> line.substring(line.indexOf('=') + 1))
                .findFirst()
                .orElse(otherwise);
    }
}
