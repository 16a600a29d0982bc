using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Waybill.ServiceDefaults.Problems.Refusals;

namespace Waybill.ServiceDefaults.Problems;

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
        builder.AddRefusalAnswers();
    }

    /// <summary>Every answer that is not 2xx gets a problem body, also those that the framework and the server give.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseRefusalAnswers();
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
