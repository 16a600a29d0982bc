namespace Waybill.StatusService.Redeliveries;

internal static class RedeliveriesExtensions
{
    public static WebApplicationBuilder AddRedeliveries(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<JobStore>();
        builder.Services.AddSingleton<JobTransitions>();
        builder.Services.AddSingleton<JobPages>();
        return builder;
    }
}
