from pathlib import Path

CONGRESS_PICTURE = Path(__file__).parents[2] / "home" / "demonstration" / "images" / "amcsti-2019.png"
