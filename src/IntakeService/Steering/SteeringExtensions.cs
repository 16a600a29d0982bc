namespace Waybill.IntakeService.Steering;

public static class SteeringExtensions
{
    /// <summary>Adds what the endpoints that cancel and redeliver need besides those of submissions.</summary>
    public static void AddSteering(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<Steerer>();
}
