namespace AdversarialKit;

/// <summary>A module could not be written as an ONNX file, or a file does not hold what it should. No file was written or changed.</summary>
public sealed class OnnxExportException : Exception
{
    /// <summary>Reports one fault.</summary>
    /// <param name="message">What is wrong, and what mends it.</param>
    /// <param name="innerException">What the operating system or ONNX Runtime said, if anything.</param>
    public OnnxExportException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
