namespace Waybill.IntakeService.Redeliveries;

public static class RedeliveriesExtensions
{
    /// <summary>Adds bulk redelivery: what its endpoints need, and the <see cref="RedeliveryRunner"/> that does the work.</summary>
    public static void AddRedeliveries(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RedeliveryOptions>()
            .BindConfiguration(RedeliveryOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddSingleton<JobWork>();
        builder.Services.AddSingleton<JobEntry>();
        builder.Services.AddHostedService<RedeliveryRunner>();
    }
}
