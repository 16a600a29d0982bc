using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Waybill.ServiceDefaults.Problems.Refusals;

namespace Waybill.ServiceDefaults.Problems;

/// <summary>
/// Builds <c>application/problem+json</c> answers (RFC 9457). The type is <c>urn:waybill:problem:</c> and a stable name;
/// the trace id is added when the answer is written.
/// </summary>
public static class Problem
{
    public const string TypePrefix = "urn:waybill:problem:";

    public static ProblemHttpResult Create(int statusCode, string name, string title, string? detail = null, IDictionary<string, object?>? extensions = null)
    {
        var problem = new ProblemDetails
        {
            Type = TypePrefix + name,
            Title = title,
            Status = statusCode,
            Detail = detail,
        };

        foreach (var (key, value) in extensions ?? new Dictionary<string, object?>())
        {
            problem.Extensions[key] = value;
        }

        return TypedResults.Problem(problem);
    }

    /// <summary>400: every field that is wrong, with what is allowed.</summary>
    public static ProblemHttpResult Validation(IReadOnlyDictionary<string, string[]> errors, int statusCode = StatusCodes.Status400BadRequest, string name = "validation") =>
        Create(statusCode, name, "The request has fields that are not allowed as they are.", extensions: new Dictionary<string, object?> { ["errors"] = errors });

    public static ProblemHttpResult NotFound() =>
        Create(StatusCodes.Status404NotFound, "not-found", "There is no such notification.");

    /// <summary>503: try again after that many whole seconds.</summary>
    public static IResult Unavailable(string name, string title, TimeSpan retryAfter, IDictionary<string, object?>? extensions = null) =>
        new RetryLater(Create(StatusCodes.Status503ServiceUnavailable, name, title, extensions: extensions), retryAfter);

    /// <summary>429: try again after that many whole seconds.</summary>
    public static IResult TooManyRequests(TimeSpan retryAfter, string title) =>
        new RetryLater(Create(StatusCodes.Status429TooManyRequests, "too-many-requests", title), retryAfter);

    private sealed class RetryLater(ProblemHttpResult problem, TimeSpan after) : IResult, IStatusCodeHttpResult, IValueHttpResult
    {
        public int? StatusCode => problem.StatusCode;

        public object? Value => problem.ProblemDetails;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            var seconds = Math.Max(1, Math.Ceiling(after.TotalSeconds));
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return problem.ExecuteAsync(httpContext);
        }
    }
}

internal static class ProblemExtensions
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [StatusCodes.Status400BadRequest] = "bad-request",
        [StatusCodes.Status401Unauthorized] = "unauthorized",
        [StatusCodes.Status403Forbidden] = "forbidden",
        [StatusCodes.Status404NotFound] = "not-found",
        [StatusCodes.Status405MethodNotAllowed] = "method-not-allowed",
        [StatusCodes.Status413PayloadTooLarge] = "body-too-large",
        [StatusCodes.Status415UnsupportedMediaType] = "unsupported-media-type",
        [StatusCodes.Status505HttpVersionNotsupported] = "http-version-not-supported",
    };

    public static void AddProblems(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(options => options.CustomizeProblemDetails = context => Complete(context.HttpContext, context.ProblemDetails));
        builder.Services.AddExceptionHandler<UnhandledExceptionHandler>();
        builder.AddRefusalResponses();
    }

    /// <summary>Every answer that is not 2xx gets a problem body, also those that the framework and the server give.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRefusalResponses();
    }

    public static string NameOf(int status) => Names.GetValueOrDefault(status, status < 500 ? "bad-request" : "internal-error");

    private static void Complete(HttpContext context, ProblemDetails problem)
    {
        var status = problem.Status ?? context.Response.StatusCode;

        if (problem.Type?.StartsWith(Problem.TypePrefix, StringComparison.Ordinal) != true)
        {
            problem.Type = Problem.TypePrefix + NameOf(status);
            problem.Title = ReasonPhrases.GetReasonPhrase(status);
        }

        problem.Extensions["traceId"] = Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
    }
}
