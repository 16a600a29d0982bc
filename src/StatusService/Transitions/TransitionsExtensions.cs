namespace Waybill.StatusService.Transitions;

internal static class TransitionsExtensions
{
    public static WebApplicationBuilder AddTransitions(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IntakeTransitions>();
        builder.Services.AddSingleton<DispatcherTransitions>();
        builder.Services.AddSingleton<ClaimTransition>();
        builder.Services.AddSingleton<WorkerTransitions>();
        builder.Services.AddSingleton<ClientTransitions>();
        return builder;
    }
}
