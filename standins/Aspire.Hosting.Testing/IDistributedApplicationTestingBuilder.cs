namespace Aspire.Hosting.Testing;

public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Lets the AppHost's Main go on to Build() and returns what it built.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
