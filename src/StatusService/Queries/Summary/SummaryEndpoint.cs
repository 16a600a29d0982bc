using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Waybill.ServiceDefaults.Authentication;
using Waybill.ServiceDefaults.Description;
using Waybill.ServiceDefaults.Problems;
using Waybill.StatusService.Counters;
using Waybill.StatusService.Problems;
using Waybill.StatusService.Queries.Listing;

namespace Waybill.StatusService.Queries.Summary;

internal static class SummaryEndpoint
{
    private static readonly TimeSpan LongestWindow = CounterPeriod.Hour.Kept;

    public static WebApplicationBuilder AddSummary(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<SummaryOptions>()
            .BindConfiguration(SummaryOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddSingleton<FailureCounts>();
        builder.Services.AddSingleton<OpenNow>();
        builder.Services.AddSingleton<SummaryMaker>();
        builder.Services.AddSingleton<SummaryCache>();
        return builder;
    }

    public static void MapSummary(this WebApplication app) =>
        app.MapGet("/v1/summary", Get)
            .RequireClientKey()
            .AddEndpointFilter<TableUnavailableFilter>()
            .WithTags("Summary")
            .WithName("GetSummary")
            .WithSummary("What happened in a window of time, and what is open now; a client's own notifications, or for an operator everybody's.")
            .WithDescription("Without parameters of the last day. What happened is counted as it happens: a service that is killed loses what it had counted in its last 5 seconds, or in windows of more than six hours in its last minute. What is open or failed is counted in its index, exactly.")
            .WithResponseExample(StatusCodes.Status200OK, SummaryResponse.Example)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable)
            .WithWindowParameters(LongestWindow);

    private static async Task<Results<Ok<SummaryResponse>, ProblemHttpResult>> Get(
        HttpRequest request,
        ClaimsPrincipal caller,
        SummaryCache summaries,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var fields = new QueryFields(request.Query, [ListParameters.From, ListParameters.To]);
        var (from, to) = fields.Window(time.GetUtcNow(), LongestWindow);

        if (fields.Errors.Count > 0)
        {
            return Problem.Validation(fields.Errors);
        }

        var query = new SummaryQuery(from, to, fields.Text(ListParameters.From), fields.Text(ListParameters.To));
        return TypedResults.Ok(await summaries.GetAsync(query, caller.VisibleOwner(), cancellationToken));
    }
}

/// <param name="AskedFrom">As it was asked for; null for the default, which moves on with the time.</param>
/// <param name="AskedTo">The same.</param>
internal sealed record SummaryQuery(DateTimeOffset From, DateTimeOffset To, string? AskedFrom, string? AskedTo);
