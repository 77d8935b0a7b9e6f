namespace AdversarialKit;

/// <summary>The splits of EMNIST (Cohen, Afshar, Tapson and van Schaik, 2017).</summary>
public enum EmnistSplit
{
    /// <summary>Digits, capitals and small letters that differ in shape from their capitals: 47 classes, as many images of each.</summary>
    Balanced,

    /// <summary>Digits, capitals and small letters: 62 classes.</summary>
    ByClass,

    /// <summary>The classes of <see cref="Balanced"/>, with all images.</summary>
    ByMerge,

    /// <summary>Letters, capital or small: 26 classes.</summary>
    Letters,

    /// <summary>Digits: 10 classes.</summary>
    Digits,

    /// <summary>Digits, as many as MNIST has.</summary>
    Mnist,
}
