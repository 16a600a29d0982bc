namespace Waybill.DeliveryWorker.Fairness;

internal static class FairnessExtensions
{
    public static void AddFairness(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FairnessOptions>()
            .BindConfiguration(FairnessOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();

        builder.Services.AddSingleton<HostGates>();
    }
}
