package dev.repsr.train.engine;

import java.util.Map;

/**
 * The place of this process among those that train one network together, as torchrun tells it.
 *
 * @param rank of this process, 0 for the one that measures, saves and exports
 * @param size number of processes
 * @param address host name or address of the process of rank 0
 * @param port on which that process waits for the others
 */
public record Ranks(int rank, int size, String address, int port) {
    /** One process alone. */
    public static final Ranks ALONE = new Ranks(0, 1, "127.0.0.1", 0);

    /** Names of the environment variables. */
    public static final String RANK = "RANK";

    public static final String SIZE = "WORLD_SIZE";
    public static final String ADDRESS = "MASTER_ADDR";
    public static final String PORT = "MASTER_PORT";

    private static final int MOST = 1024;
    private static final int LAST_PORT = 65_535;

    /** @throws IllegalArgumentException if the numbers do not fit together */
    public Ranks {
        between(SIZE, size, 1, MOST);
        between(RANK, rank, 0, size - 1);
        between(PORT, port, size == 1 ? 0 : 1, LAST_PORT);
    }

    /**
     * Reads RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT; without WORLD_SIZE one process trains alone.
     *
     * @throws IllegalArgumentException with a sentence if a variable is missing or is not what it should be
     */
    public static Ranks of(Map<String, String> environment) {
        if (!environment.containsKey(SIZE)) {
            return ALONE;
        }
        int size = number(environment, SIZE);
        return size == 1
                ? ALONE
                : new Ranks(number(environment, RANK), size, text(environment, ADDRESS), number(environment, PORT));
    }

    /** The variables that {@link #of} reads this from. */
    public Map<String, String> environment() {
        return Map.of(
                RANK, Integer.toString(rank),
                SIZE, Integer.toString(size),
                ADDRESS, address,
                PORT, Integer.toString(port));
    }

    /** Whether this process measures, saves and exports. */
    public boolean isFirst() {
        return rank == 0;
    }

    /**
     * This process's share of the patches of a batch.
     *
     * @throws IllegalArgumentException if they cannot be shared evenly
     */
    public int shareOf(int batch) {
        if (batch % size != 0) {
            throw new IllegalArgumentException(
                    "data.batch is " + batch + "; with " + size + " processes it must be a multiple of " + size);
        }
        return batch / size;
    }

    private static String text(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the environment has " + SIZE + " but no " + name
                    + "; training with several processes needs " + String.join(", ", RANK, SIZE, ADDRESS, PORT));
        }
        return value;
    }

    private static int number(Map<String, String> environment, String name) {
        String value = text(environment, name);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " is '" + value + "'; it must be a whole number", e);
        }
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be " + least + " to " + most);
        }
    }
}
