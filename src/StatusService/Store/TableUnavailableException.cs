namespace Waybill.StatusService.Store;

/// <summary>The table gave no answer, after retries.</summary>
/// <param name="nothingWritten">True: the table took none of the tries. False: one may have been written.</param>
public sealed class TableUnavailableException(bool nothingWritten, Exception inner)
    : Exception($"The table cannot be reached: {inner.Message}", inner)
{
    public bool NothingWritten => nothingWritten;
}
