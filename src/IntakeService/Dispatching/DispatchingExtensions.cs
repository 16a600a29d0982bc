namespace Waybill.IntakeService.Dispatching;

public static class DispatchingExtensions
{
    /// <summary>Adds the <see cref="Dispatcher"/>. It stops before the bus does, as hosted services stop in reverse order.</summary>
    public static void AddDispatching(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<DispatcherOptions>()
            .BindConfiguration(DispatcherOptions.SectionName)
            .ValidateDataAnnotations()
            .Validate(options => options.BusyPollSeconds <= options.IdlePollSeconds, "Dispatcher:BusyPollSeconds must not be greater than Dispatcher:IdlePollSeconds.")
            .ValidateOnStart();

        builder.Services.AddSingleton<Redispatcher>();
        builder.Services.AddSingleton<DispatchPass>();
        builder.Services.AddHostedService<Dispatcher>();
    }
}
