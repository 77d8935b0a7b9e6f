namespace AdversarialKit;

/// <summary>The classes' names as the data sets' authors give them.</summary>
internal static class DataSetNames
{
    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static IReadOnlyList<string> Digits { get; } = Signs("0123456789");

    public static IReadOnlyList<string> Fashion { get; } =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    public static IReadOnlyList<string> Kuzushiji { get; } = ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"];

    public static IReadOnlyList<string> Cifar10 { get; } =
        ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];

    public static IReadOnlyList<string> Cifar100 { get; } =
    [
        "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle", "bowl", "boy", "bridge", "bus",
        "butterfly", "camel", "can", "castle", "caterpillar", "cattle", "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch",
        "crab", "crocodile", "cup", "dinosaur", "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo",
        "keyboard", "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain", "mouse",
        "mushroom", "oak_tree", "orange", "orchid", "otter", "palm_tree", "pear", "pickup_truck", "pine_tree", "plain", "plate", "poppy",
        "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket", "rose", "sea", "seal", "shark", "shrew", "skunk",
        "skyscraper", "snail", "snake", "spider", "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank", "telephone",
        "television", "tiger", "tractor", "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman", "worm",
    ];

    public static IReadOnlyList<string> Of(EmnistSplit split) => split switch
    {
        EmnistSplit.ByClass => Signs("0123456789" + Capitals + "abcdefghijklmnopqrstuvwxyz"),
        EmnistSplit.Balanced or EmnistSplit.ByMerge => Signs("0123456789" + Capitals + "abdefghnqrt"),
        EmnistSplit.Letters => Signs(Capitals),
        _ => Digits,
    };

    private static string[] Signs(string signs) => [.. signs.Select(sign => sign.ToString())];
}
