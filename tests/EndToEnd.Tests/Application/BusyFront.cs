using Microsoft.AspNetCore.Http;
using Waybill.TestSupport;

namespace Waybill.EndToEnd.Tests.Application;

/// <summary>Stands before a service, and refuses what it is asked for first before it passes anything on.</summary>
internal static class BusyFront
{
    private const string Problem = """{ "type": "urn:waybill:problem:table-unavailable", "title": "It is not known whether it was stored.", "status": 503, "id": "ntf_x" }""";

    private static readonly string[] Passed = ["Authorization", "Idempotency-Key"];

    /// <param name="refusals">How many requests are answered with 503, all others as the service does.</param>
    public static Task<AnsweringServer> StartAsync(Uri service, int refusals) => AnsweringServer.StartAsync(async context =>
    {
        if (Interlocked.Decrement(ref refusals) >= 0)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "1";
            context.Response.ContentType = "application/problem+json";
            await context.Response.WriteAsync(Problem);
            return;
        }

        await PassOnAsync(context, service);
    });

    private static async Task PassOnAsync(HttpContext context, Uri service)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(service, context.Request.Path + context.Request.QueryString));

        foreach (var name in Passed.Where(context.Request.Headers.ContainsKey))
        {
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name].AsEnumerable());
        }

        if (context.Request.ContentType is { } type)
        {
            request.Content = new StreamContent(context.Request.Body);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        using var response = await http.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await response.Content.CopyToAsync(context.Response.Body);
    }
}
