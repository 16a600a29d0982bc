namespace Waybill.EndToEnd.Tests.Application;

/// <summary>An empty folder that is gone at the end.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("waybill-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
