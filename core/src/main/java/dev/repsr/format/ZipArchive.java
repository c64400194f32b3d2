package dev.repsr.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A ZIP archive in memory, read by its central directory (PKWARE's APPNOTE 6.3, with the 64-bit records). Entries are
 * stored or deflated. Nothing is ever unpacked to a disk; number, names and sizes of the entries are bounded all the same.
 */
final class ZipArchive {
    private static final int MAX_ENTRIES = 1024;
    private static final int MAX_NAME = 512;
    private static final int END_SIZE = 22;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_SIZE = 20;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int EXTRA_64 = 1;
    private static final int ENCRYPTED = 1;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final long NOT_HERE = 0xFFFF_FFFFL;

    /** Deflate reaches 1000:1 on zeros; trained weights hardly shrink and a pickle by some 5:1. */
    private static final int INFLATION = 2;

    private static final int FREE_INFLATION = 1 << 18;

    private record Entry(int method, long crc, long stored, long size, long offset) {}

    private record Directory(long entries, long offset, long size) {}

    private final Origin origin;
    private final ByteBuffer file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long inflatable;

    private ZipArchive(Origin origin, ByteBuffer file) {
        this.origin = origin;
        this.file = file.order(ByteOrder.LITTLE_ENDIAN);
        this.inflatable = (long) INFLATION * file.capacity() + FREE_INFLATION;
    }

    /** @throws ModelRefused if it is damaged, or uses what is not read */
    static ZipArchive read(Origin origin, byte[] file) throws ModelRefused {
        ZipArchive archive = new ZipArchive(origin, ByteBuffer.wrap(file));
        archive.readDirectory(archive.directory());
        return archive;
    }

    /** Names of the entries in the order of the directory. */
    Set<String> names() {
        return entries.keySet();
    }

    private Section whole() {
        return new Section(origin, "its ZIP structure", file);
    }

    private Directory directory() throws ModelRefused {
        int end = file.capacity() - END_SIZE;
        while (end >= 0 && !(file.getInt(end) == END && endsFile(end))) {
            end--;
            if (file.capacity() - end > END_SIZE + 0xFFFF) {
                break;
            }
        }
        if (end < 0 || file.getInt(end) != END) {
            throw origin.damaged("a damaged file: its ZIP directory is missing (a truncated file?)");
        }
        Section record = whole().at(end + 10L);
        Directory small = new Directory(record.unsigned16(), -1, record.int32() & NOT_HERE);
        Directory found = new Directory(small.entries, record.int32() & NOT_HERE, small.size);
        int locator = end - LOCATOR_64_SIZE;
        if (locator < 0 || file.getInt(locator) != LOCATOR_64) {
            return found;
        }
        Section large = whole().at(whole().at(locator + 8L).int64());
        if (large.int32() != END_64) {
            throw large.damaged("lacks the 64-bit record that it points to");
        }
        large.take(28);
        long entryCount = large.int64();
        long size = large.int64();
        return new Directory(entryCount, large.int64(), size);
    }

    private boolean endsFile(int end) {
        return end + END_SIZE + (file.getShort(end + 20) & 0xFFFF) == file.capacity();
    }

    private void readDirectory(Directory directory) throws ModelRefused {
        if (directory.entries < 0 || directory.entries > MAX_ENTRIES) {
            throw origin.unsupported(
                    "a ZIP archive of " + directory.entries + " entries, at most " + MAX_ENTRIES + " are read");
        }
        Section central = whole().at(directory.offset).section(directory.size, "its ZIP directory");
        for (long i = 0; i < directory.entries; i++) {
            readEntry(central);
        }
        if (central.remaining() != 0) {
            throw central.damaged("has " + central.remaining() + " bytes too many");
        }
    }

    private void readEntry(Section central) throws ModelRefused {
        if (central.int32() != CENTRAL) {
            throw central.damaged("lacks an entry");
        }
        central.take(4);
        int flags = central.unsigned16();
        int method = central.unsigned16();
        central.take(4);
        long crc = central.int32() & NOT_HERE;
        long[] sizes = {0, central.int32() & NOT_HERE, 0};
        sizes[0] = central.int32() & NOT_HERE;
        int nameLength = central.unsigned16();
        int extraLength = central.unsigned16();
        int commentLength = central.unsigned16();
        central.take(8);
        sizes[2] = central.int32() & NOT_HERE;
        if (nameLength > MAX_NAME) {
            throw central.damaged("has a name of " + nameLength + " bytes, at most " + MAX_NAME + " are read");
        }
        String name = central.text(nameLength);
        readLargeSizes(central.section(extraLength, "its ZIP directory"), sizes);
        central.take(commentLength);
        check(name, flags, method);
        if (entries.put(name, new Entry(method, crc, sizes[1], sizes[0], sizes[2])) != null) {
            throw origin.damaged("a damaged file: its ZIP entry " + name + " is there twice");
        }
    }

    /** @param sizes of the unpacked and the packed bytes and the offset, those that are 0xFFFFFFFF are replaced */
    private static void readLargeSizes(Section extra, long[] sizes) throws ModelRefused {
        while (extra.remaining() >= 4) {
            int id = extra.unsigned16();
            Section field = extra.section(extra.unsigned16(), "an extra field of its ZIP directory");
            for (int i = 0; id == EXTRA_64 && i < sizes.length; i++) {
                if (sizes[i] == NOT_HERE) {
                    sizes[i] = field.int64();
                }
            }
        }
    }

    private void check(String name, int flags, int method) throws ModelRefused {
        if (name.startsWith("/") || name.contains("..") || name.contains("\\") || name.contains(":")) {
            throw origin.unsupported("its ZIP entry " + name + " is named like a path out of the archive");
        }
        if ((flags & ENCRYPTED) != 0) {
            throw origin.unsupported("its ZIP entry " + name + " is encrypted");
        }
        if (method != STORED && method != DEFLATED) {
            throw origin.unsupported("its ZIP entry " + name + " is packed by method " + method
                    + ", only stored and deflated ones are read");
        }
    }

    /** The unpacked bytes of an entry, whose checksum was found to agree. */
    ByteBuffer content(String name) throws ModelRefused {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw origin.damaged("a damaged file: its ZIP entry " + name + " is missing");
        }
        Section local = whole().at(entry.offset);
        if (local.int32() != LOCAL) {
            throw local.damaged("lacks the entry " + name);
        }
        local.take(22);
        int nameLength = local.unsigned16();
        int extraLength = local.unsigned16();
        if (!name.equals(local.text(nameLength))) {
            throw local.damaged("has another entry where " + name + " should be");
        }
        local.take(extraLength);
        ByteBuffer stored = local.take(entry.stored);
        ByteBuffer content = entry.method == STORED ? stored : inflated(name, entry, stored);
        CRC32 crc = new CRC32();
        crc.update(content.duplicate());
        if (content.remaining() != entry.size || crc.getValue() != entry.crc) {
            throw origin.damaged("a damaged file: size or checksum of its ZIP entry " + name + " does not agree");
        }
        return content;
    }

    private ByteBuffer inflated(String name, Entry entry, ByteBuffer stored) throws ModelRefused {
        inflatable -= entry.size;
        if (entry.size < 0 || inflatable < 0) {
            throw origin.unsupported("its ZIP entries unpack to more than " + INFLATION + " times the file; " + name
                    + " says " + entry.size + " bytes");
        }
        byte[] content = new byte[(int) entry.size];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(stored);
            int length = 0;
            int step = 1;
            while (length < content.length && step > 0) {
                step = inflater.inflate(content, length, content.length - length);
                length += step;
            }
            if (length < content.length || inflater.inflate(new byte[1]) > 0) {
                throw origin.damaged("a damaged file: its ZIP entry " + name + " does not unpack to its size");
            }
            return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        } catch (DataFormatException e) {
            throw origin.damaged("a damaged file: its ZIP entry " + name + " does not unpack");
        } finally {
            inflater.end();
        }
    }
}
