namespace AdversarialKit;

/// <summary>What becomes of a file that cannot be read as a picture.</summary>
public enum BrokenImages
{
    /// <summary>The batch that needs it throws <see cref="ImageFileException"/>.</summary>
    Refuse,

    /// <summary>
    /// The sound picture that follows it by name takes its place, with its own label. The file is logged as a warning and stands in
    /// <see cref="ImageFolderBatches.Broken"/>.
    /// </summary>
    Skip,
}
