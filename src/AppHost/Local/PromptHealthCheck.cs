using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Waybill.AppHost.Local;

/// <summary>
/// A health check that waits for a process that is just starting. Aspire looks at one that was not healthy again after one second,
/// then two, then three: whatever waits for it would wait that long too, at each step of the start.
/// </summary>
internal static class PromptHealthCheck
{
    /// <summary>How long one check waits for the first answer before it says that there is none.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = Timeout };

    /// <param name="resource">With an endpoint named <c>http</c>.</param>
    /// <param name="path">Answered with 2xx where it is healthy.</param>
    public static IResourceBuilder<TResource> WithPromptHealthCheck<TResource>(this IResourceBuilder<TResource> resource, string path)
        where TResource : IResourceWithEndpoints
    {
        var key = $"{resource.Resource.Name} {path}";
        var endpoint = resource.GetEndpoint("http");

        resource.ApplicationBuilder.Services.AddHealthChecks().AddAsyncCheck(key, cancellation => CheckAsync(new Uri(new Uri(endpoint.Url), path), cancellation));
        return resource.WithHealthCheck(key);
    }

    /// <summary>Waits until something that is just starting answers with 2xx, for a few seconds.</summary>
    public static async Task<HealthCheckResult> CheckAsync(Uri url, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();

        while (true)
        {
            var trouble = await TroubleAsync(url, cancellationToken);

            if (trouble is null)
            {
                return HealthCheckResult.Healthy();
            }

            if (Stopwatch.GetElapsedTime(started) > Timeout)
            {
                return HealthCheckResult.Unhealthy($"{url} {trouble}.");
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }

    /// <returns>What is wrong; null where nothing is.</returns>
    private static async Task<string?> TroubleAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return answer.IsSuccessStatusCode ? null : $"answered {(int)answer.StatusCode}";
        }
        catch (Exception problem) when (problem is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return $"did not answer: {problem.Message}";
        }
    }
}
