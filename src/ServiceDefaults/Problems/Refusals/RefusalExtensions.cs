using System.Diagnostics;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Waybill.ServiceDefaults.Problems.Refusals;

/// <summary>
/// Kestrel answers what it cannot read as HTTP before any middleware, without a body. Here such an answer gets the problem body that every
/// answer has. Kestrel says by an event that it refuses; until then a connection costs one object more, and a good request nothing.
/// </summary>
internal static class RefusalExtensions
{
    public static void AddRefusalAnswers(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RefusalAnswer>();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint =>
        {
            var answer = endpoint.ApplicationServices.GetRequiredService<RefusalAnswer>();
            endpoint.Use(next => connection => ServeAsync(connection, next, answer));
        }));
    }

    public static void UseRefusalAnswers(this WebApplication app) =>
        app.Services.GetRequiredService<DiagnosticListener>().Subscribe(new RefusalObserver(), name => name == RefusalObserver.EventName);

    private static Task ServeAsync(ConnectionContext connection, ConnectionDelegate next, RefusalAnswer answer)
    {
        var refusal = new Refusal();
        connection.Features.Set(refusal);
        connection.Transport = new Duplex(connection.Transport.Input, new RefusalWriter(connection.Transport.Output, refusal, answer));
        return next(connection);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
